import {
  type DeclaredAdapter,
  declareSent,
  insideFields,
  sealedFields,
  sentField,
  spelledSent,
} from '../../policy/index.ts'
import { connectedPhoneSystem } from '../../policy/recipients.ts'
import { sentToCrms } from '../crms/crms.ts'
import { sentToPhones } from '../phones/phone-systems.ts'

/** An administrator chooses how these are called there, and which address they go to. */
const configured = ['extension', 'number'].map((field) =>
  sentField(connectedPhoneSystem.name, 'the command an administrator configured', field),
)

/** Every field that may be written down, queued, told or sent, as a version of the policy keeps it. */
export function fieldsHere(adapters: readonly DeclaredAdapter[] = []): readonly string[] {
  const theirs = adapters.map(({ title, declaration }) => declareSent(title, declaration.sends ?? {}))
  return [
    ...insideFields,
    ...sealedFields,
    ...configured,
    ...[...sentToCrms, ...sentToPhones, ...theirs].flatMap(spelledSent),
  ].toSorted()
}
