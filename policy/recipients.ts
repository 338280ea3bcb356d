/** Pipedrive: the host of OAuth and the hosts of companies. A company's own host comes with its tokens. */
export const pipedrive = {
  name: 'Pipedrive',
  hosts: ['oauth.pipedrive.com', 'api.pipedrive.com', '*.pipedrive.com'],
}

/** The phone system an administrator connected, at the address given for it. */
export const connectedPhoneSystem = { name: 'the connected phone system', hosts: 'connection' } as const

/** The relay that the operator named for mail. */
export const mailServer = { name: 'the mail server', hosts: 'mail server' } as const

/** Phone systems that are asked at their makers' own addresses. */
const placetel = { name: 'Placetel', hosts: ['api.placetel.de', '*.placetel.de'] }
const webex = { name: 'Webex', hosts: ['webexapis.com', '*.webexapis.com'] }

export const phoneSystem = [connectedPhoneSystem, placetel, webex]
export const phoneSystemAndCrm = [...phoneSystem, pipedrive]
