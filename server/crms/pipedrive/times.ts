/** "2026-11-23 06:01:00": how API v1 writes and reads a time, always UTC, whole seconds. */
export function toV1Time(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ')
}

/** "2026-11-23T06:01:00Z": API v2 answers 400 to a fraction of a second in `updated_since`, so it is cut off. */
export function toV2Time(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

/**
 * Any time Pipedrive writes: RFC 3339 (v2), "YYYY-MM-DD HH:MM:SS" without a zone, meaning UTC (v1), or seconds since 1970
 * (some webhooks). Undefined for anything else.
 */
export function readTime(value: unknown): Date | undefined {
  if (typeof value === 'number') return valid(new Date(value * 1000))
  if (typeof value !== 'string') return undefined
  if (/^\d{9,11}$/.test(value)) return valid(new Date(Number(value) * 1000))
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value.replace(' ', 'T')}Z`
  return valid(new Date(zoned))
}

function valid(at: Date): Date | undefined {
  return Number.isNaN(at.getTime()) ? undefined : at
}
