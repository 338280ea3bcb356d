import { useColorScheme } from '@mantine/hooks'
import { useLayoutEffect } from 'react'
import { carryBearer } from '../api/request.ts'
import { FrameMessage } from '../frame/frame-message.tsx'
import { Coloured, mount } from '../frame/mount.tsx'
import { useLanguage } from '../languages/language.tsx'
import { connectPortal } from './host.ts'
import { PortalSession, takePage } from './page.ts'
import { PortalApp } from './portal-app.tsx'
import '../frame/styles.ts'

const said = takePage()
const host = connectPortal()
document.documentElement.dataset['surface'] = 'window'
const open =
  said?.state === 'open' ? { session: new PortalSession(said.token), userId: said.userId } : undefined
if (open) carryBearer(open.session)

function Page() {
  const { t } = useLanguage()
  if (open) return <PortalApp host={host} {...open} />
  const why = said?.state === 'problem' ? said.problem : 'expired'
  return <FrameMessage title={t('portal.not-open')} text={t(`portal.problem.${why}`)} urgent />
}

/** The portal says nothing of its theme: the device's, also when that changes. */
function Themed() {
  const scheme = useColorScheme('light', { getInitialValueInEffect: false })
  useLayoutEffect(() => {
    document.documentElement.dataset['mantineColorScheme'] = scheme
  }, [scheme])
  return (
    <Coloured scheme={scheme}>
      <Page />
    </Coloured>
  )
}

async function start(): Promise<void> {
  await mount(<Themed />)
  // Told last: the portal then opens the app's own page in place of this one.
  if (said?.state === 'open' && said.finishes) host.finishInstall()
}

void start()
