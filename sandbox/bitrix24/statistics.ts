import { restErrors } from './errors.ts'
import { filtered, ordered, page } from './filter.ts'
import type { Fields } from './params.ts'
import { Listed, type Method, type RestCall } from './rest-call.ts'
import type { Portal, Statistic } from './world.ts'

/** A row as the wire has it: values are text, recordings alone a number. */
function statisticView(portal: Portal, row: Statistic): Fields {
  const text = (value: number | null) => (value === null ? null : String(value))
  const appId = portal.installs.get(row.clientId)?.appId ?? null
  return {
    ID: String(row.id),
    PORTAL_USER_ID: String(row.userId),
    PORTAL_NUMBER: row.line ?? `REST_APP:${appId ?? ''}`,
    PHONE_NUMBER: row.phone,
    CALL_ID: row.callId,
    EXTERNAL_CALL_ID: row.externalCallId,
    CALL_CATEGORY: 'external',
    CALL_DURATION: String(row.durationSeconds),
    CALL_START_DATE: portal.isoTime(row.startAt),
    CALL_RECORD_URL: null,
    CALL_VOTE: text(row.vote),
    COST: row.cost,
    COST_CURRENCY: row.costCurrency,
    CALL_FAILED_CODE: row.statusCode,
    CALL_FAILED_REASON: row.failedReason,
    CRM_ENTITY_TYPE: row.entity?.type ?? null,
    CRM_ENTITY_ID: text(row.entity?.id ?? null),
    CRM_ACTIVITY_ID: text(row.activityId),
    REST_APP_ID: text(appId),
    TRANSCRIPT_ID: text(row.transcriptId),
    RECORD_FILE_ID: row.record?.id ?? null,
    CALL_TYPE: String(row.type),
  }
}

function get(call: RestCall): Listed {
  const { bitrix, portal, params } = call
  const until = bitrix.clock.now() - bitrix.settings.statisticDelayMs
  const rows = portal.statistics
    .filter((row) => row.finishedAt <= until)
    .map((row) => statisticView(portal, row))
  const sort = params.text('SORT')
  const order: Fields = { [sort ?? 'ID']: params.text('ORDER') ?? 'ASC' }
  const found = ordered(filtered(rows, params.fields('FILTER')), order)
  const { rows: shown, total, next } = page(found, params)
  return new Listed(shown, total, next)
}

export const statisticMethods: Record<string, Method> = {
  'voximplant.statistic.get': { scope: 'telephony', run: get },
  'voximplant.url.get': {
    scope: 'telephony',
    run: ({ bitrix, portal }) => {
      const base = bitrix.portalUrl(portal.name)
      return {
        detail_statistics: `${base}/telephony/detail.php`,
        buy_connector: `${base}/settings/license_phone_sip.php`,
        edit_config: `${base}/telephony/edit.php?ID=#CONFIG_ID#`,
        lines: `${base}/telephony/lines.php`,
      }
    },
  },
  // Waits for an administrator's confirmation, which never comes here.
  'voximplant.user.get': {
    scope: 'telephony',
    run: () => {
      throw restErrors.confirmWaiting()
    },
  },
}
