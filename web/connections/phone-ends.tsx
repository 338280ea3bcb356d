import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { removeConnection, renewHook } from './connections-query.ts'
import { CopyField } from './copy-field.tsx'

interface Props {
  connection: ConnectionView
  organization: string | undefined
}

/** What ends something of a phone system, each asked for once more: its address and secret, and itself. */
export function PhoneEnds({ connection, organization }: Props) {
  const { t } = useLanguage()
  const [asked, setAsked] = useState<'renew' | 'remove' | undefined>()
  const part = { connection, organization, onClose: () => setAsked(undefined) }
  return (
    <footer>
      {/* Where we connect, nothing is sent to an address of ours. */}
      {connection.held === undefined && (
        <Button variant="default" size="xs" onClick={() => setAsked('renew')}>
          {t('phone-ends.renew')}
        </Button>
      )}
      <Button variant="subtle" color="red" size="xs" onClick={() => setAsked('remove')}>
        {t('phone-ends.remove')}
      </Button>
      <Renew {...part} opened={asked === 'renew'} />
      <Remove {...part} opened={asked === 'remove'} />
    </footer>
  )
}

type Part = Props & { opened: boolean; onClose: () => void }

function Renew({ connection, organization, opened, onClose }: Part) {
  const { t } = useLanguage()
  const title = t('phone-ends.renew.title', { phone: connection.title })
  const renew = useMutation({ mutationFn: () => renewHook(connection.id, organization) })
  const close = () => {
    onClose()
    renew.reset()
  }
  if (renew.data === undefined)
    return (
      <Question
        title={title}
        text={t('phone-ends.renew.text', { phone: connection.title })}
        does={t('phone-ends.renew.do')}
        doing={renew}
        opened={opened}
        onClose={close}
      />
    )
  return (
    <Dialog title={title} opened={opened} onClose={close}>
      <p className="note" role="status">
        {t('set-up.optimcall.once')}
      </p>
      {renew.data.hookUrl !== undefined && (
        <CopyField label={t('set-up.address')} value={renew.data.hookUrl} />
      )}
      {renew.data.secret !== undefined && <CopyField label={t('set-up.secret')} value={renew.data.secret} />}
      <div className="form-actions">
        <Button onClick={close}>{t('action.close')}</Button>
      </div>
    </Dialog>
  )
}

function Remove({ connection, organization, opened, onClose }: Part) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => removeConnection(connection.id, organization),
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries()
    },
  })
  return (
    <Question
      title={t('phone-ends.remove.title', { phone: connection.title })}
      text={t('phone-ends.remove.text', { phone: connection.title })}
      does={t('phone-ends.remove.do')}
      doing={remove}
      opened={opened}
      onClose={onClose}
    />
  )
}

function Question(props: {
  title: string
  text: string
  does: string
  doing: { mutate(): void; isPending: boolean; error: unknown }
  opened: boolean
  onClose: () => void
}) {
  const { t } = useLanguage()
  const { doing, opened, onClose } = props
  return (
    <Dialog title={props.title} opened={opened} onClose={onClose}>
      <p>{props.text}</p>
      {doing.error !== null && (
        <p role="alert" className="trouble">
          {failureSentences(doing.error, t)}
        </p>
      )}
      <div className="form-actions">
        <Button color="red" loading={doing.isPending} onClick={() => doing.mutate()}>
          {props.does}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose} data-autofocus>
          {t('action.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}

/** Stays where it is while it is closed: then the focus goes back to the button it came from. */
function Dialog(props: { title: string; opened: boolean; onClose: () => void; children: ReactNode }) {
  const { t } = useLanguage()
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={480}
      lockScroll={false} // it would write a style into the page
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* The page has its banner already. */}
        <Modal.Header role="presentation">
          <Modal.Title>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={t('action.close')} />
        </Modal.Header>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
