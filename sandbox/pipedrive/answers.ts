import type { Reply } from '../http.ts'

const gatewayInfo = 'Please check developers.pipedrive.com'
const apiInfo = 'Please check developers.pipedrive.com for more information about Pipedrive API.'

/** `{"success":true,"data":...}` */
export function ok(data: unknown, more: Record<string, unknown> = {}): Reply {
  return { status: 200, body: { success: true, data, ...more } }
}

/** An error of an endpoint itself. */
export function refused(status: number, error: string, more: Record<string, unknown> = {}): Reply {
  return {
    status,
    body: { success: false, error, error_info: apiInfo, data: null, additional_data: null, ...more },
  }
}

/** v2 refuses ill-typed and unknown input so. The exact body is not documented; the code was seen in the wild. */
export function schemaViolation(message: string): Reply {
  return refused(400, message, { code: 'ERR_SCHEMA_VALIDATION_FAILED' })
}

/** An error of the gateway in front of the endpoints. */
export function gatewayError(status: number, error: string, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: { success: false, error, errorCode: status, error_info: gatewayInfo } }
}
