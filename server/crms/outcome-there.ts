import { failureOf } from '../failure.ts'

/**
 * What came of asking a CRM to change something about a person.
 * @returns a stable code when it refused; without one it was done
 * @throws RingfenceError `provider-unavailable`, `provider-outcome-unknown`: ask again later
 */
export async function outcomeOf(asked: Promise<unknown>): Promise<{ reason?: string }> {
  try {
    await asked
    return {}
  } catch (error) {
    const failure = failureOf(error)
    switch (failure?.code) {
      case 'provider-refused':
        return { reason: failure.status === 403 ? 'no-right' : failure.code }
      case 'provider-rejected':
        return { reason: failure.status === 404 || failure.status === 410 ? 'gone' : failure.code }
      case 'undeclared':
        return { reason: failure.code }
      default:
        throw error
    }
  }
}
