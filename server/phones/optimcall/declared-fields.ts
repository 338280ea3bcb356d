import { declareSent } from '../../../policy/index.ts'
import { connectedPhoneSystem } from '../../../policy/recipients.ts'

/** Everything that is said over a connection to OptimCall: who we are. */
export const saidToOptimCall = declareSent(connectedPhoneSystem.name, {
  MESSAGE: ['name', 'token', 'correlationId'],
})
