import type { Recipient } from './declare.ts'

/** Pipedrive: the host of OAuth and the hosts of companies. A company's own host comes with its tokens. */
export const pipedrive: Recipient = {
  name: 'Pipedrive',
  hosts: ['oauth.pipedrive.com', 'api.pipedrive.com', '*.pipedrive.com'],
}

/** The phone system an administrator connected, at the address given for it. */
export const connectedPhoneSystem: Recipient = { name: 'the connected phone system', hosts: 'connection' }

export const phoneSystemAndCrm: readonly Recipient[] = [connectedPhoneSystem, pipedrive]
