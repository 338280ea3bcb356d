import type { ConnectionView } from '../../server/http/shapes.ts'
import { AskedSettings } from './asked-settings.tsx'
import { GenericSettings } from './generic-settings.tsx'
import { OwnNumbers } from './own-numbers.tsx'
import { PhoneEnds } from './phone-ends.tsx'
import { PhoneSettings } from './phone-settings.tsx'
import { PortalAppForm } from './portal-app-form.tsx'
import { Telephones } from './telephones.tsx'

interface Props {
  connection: ConnectionView
  organization: string | undefined
}

/** What may be set of a connection, and how it ends. */
export function ConnectionForms({ connection, organization }: Props) {
  if (connection.portal === true)
    return (
      <div className="connection-forms">
        <PortalAppForm connectionId={connection.id} crm={connection.title} organization={organization} />
      </div>
    )
  if (connection.side !== 'phone') return null
  const own = { connection, organization }
  return (
    <div className="connection-forms">
      <OwnNumbers {...own} />
      {connection.adapter === 'optimcall' && <PhoneSettings {...own} />}
      {connection.adapter === 'generic' && <GenericSettings {...own} />}
      {connection.asked !== undefined && <AskedSettings {...own} />}
      {/* Names of people are the organization's to see, not the operator's. */}
      {connection.asked?.ready === true && organization === undefined && (
        <Telephones connection={connection} />
      )}
      <PhoneEnds {...own} />
    </div>
  )
}
