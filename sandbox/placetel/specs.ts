import { type ApiSpecs, apiSpecs, findOperation, fromEnvironment, specTools } from '../openapi.ts'

const file = 'placetel/placetel-api-v2.openapi.json'

/** The description knows no null; these have none where there is nothing, as a contact that nobody has entered. */
const nullableInAnswers = new Set(
  `primary_sip_user_id callerid webuser webuser_id automatic_prefix blocked_prefixes routing_plan_id p_asserted_identity
  hotdesk_login hotdesk_pin hotdesk_type hotdesk_provisioning_id contact file_url user_id speeddial first_name last_name
  email email_work company address address_work phone_work mobile_work phone mobile fax fax_work facebook_url
  linkedin_url xing_url twitter_account`.split(/\s+/),
)

/** The description below RINGFENCE_VENDOR_SPECS, for paths such as `/me`; undefined where there is none. */
export const placetelSpecsFromEnvironment = fromEnvironment(load, file)

async function load(folder: string): Promise<ApiSpecs> {
  const tools = await specTools(folder)
  const document = tools.read(file)
  const find = (method: string, path: string) => findOperation(document, method, path)
  return apiSpecs(tools, { vendor: 'placetel', find, nullableInAnswers })
}
