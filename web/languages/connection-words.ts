/** How the ids of messages begin that only the connections pages use: they come with those pages, not with the desk. */
export const connectionWords: readonly string[] = [
  'allowance.',
  'connection.',
  'count.',
  'crm-invitation.',
  'dial-settings.',
  'fact.',
  'held.',
  'mirror.',
  'own-numbers.',
  'phone-access.',
  'phone-delivery.',
  'phone-ends.',
  'phone-settings.',
  'recording-choice.',
  'side.',
  'spending.',
]
