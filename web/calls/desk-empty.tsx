import { IconHeadset } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { mayManage, useSession } from '../session/use-session.ts'

/** Says what will appear here, and what is missing for it to appear. */
export function DeskEmpty({ calls }: { calls: readonly CallView[] }) {
  const { t } = useLanguage()
  const session = useSession()
  const noExtension = session.extensions.length === 0
  return (
    <div className="empty">
      <IconHeadset size={32} stroke={1.25} aria-hidden />
      <h2>{t(calls.some((call) => call.state !== 'ended') ? 'desk.empty.others' : 'desk.empty')}</h2>
      <p>{t(noExtension ? 'desk.empty.no-extension' : 'desk.empty.text')}</p>
      {noExtension && (
        <p>
          <Link to="/settings">{t(mayManage(session) ? 'desk.empty.map' : 'desk.empty.my-phone')}</Link>
        </p>
      )}
    </div>
  )
}
