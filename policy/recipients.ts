/**
 * Pipedrive: the host of OAuth and the hosts of companies. A company's own host comes with its tokens. Its own description
 * of `/users/me` names the company Pipedrive with the country EE; where its data centres are is not told.
 */
export const pipedrive = {
  name: 'Pipedrive',
  country: 'EE',
  hosts: ['oauth.pipedrive.com', 'api.pipedrive.com', '*.pipedrive.com'],
}

/**
 * The phone system an administrator connected, at the address given for it: the organization's own, or a tenant of
 * OptimSys s.r.o. in Olomouc.
 */
export const connectedPhoneSystem = {
  name: 'the connected phone system',
  country: 'CZ',
  hosts: 'connection',
} as const

/** The relay that the operator named for mail. */
export const mailServer = { name: 'the mail server', hosts: 'mail server' } as const

/** Phone systems that are asked at their makers' own addresses. With which company of Webex one has a contract is not told. */
const placetel = { name: 'Placetel', country: 'DE', hosts: ['api.placetel.de', '*.placetel.de'] }
const webex = { name: 'Webex', hosts: ['webexapis.com', '*.webexapis.com'] }

/** Bitrix24: its two authorization servers. A company's portal is a host of its own, at the address it has told us. */
const bitrix24 = { name: 'Bitrix24', hosts: ['oauth.bitrix.info', 'oauth.bitrix24.tech'] }
const portal = { name: 'the company’s Bitrix24 portal', hosts: 'connection', provider: 'bitrix24' } as const

/** CRMs that open a card of their own while a call lasts, and are asked who is calling. */
export const crmWithCards = [bitrix24, portal]
export const anyCrm = [pipedrive, ...crmWithCards]

export const phoneSystem = [connectedPhoneSystem, placetel, webex]
export const phoneSystemAndPipedrive = [...phoneSystem, pipedrive]
export const phoneSystemAndCrm = [...phoneSystem, ...anyCrm]
