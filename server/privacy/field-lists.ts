import {
  type DeclaredAdapter,
  insideFields,
  sealedFields,
  sentField,
  sentToAdapter,
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
  return [
    ...insideFields,
    ...sealedFields,
    ...configured,
    ...[...sentToCrms, ...sentToPhones, ...adapters.map(sentToAdapter)].flatMap(spelledSent),
  ].toSorted()
}
