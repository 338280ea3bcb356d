import { type Call, extensionsOf } from '../calls/fold.ts'
import type { CrmSession, CrmWith, RecordingReference, Written } from '../crms/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import type { RecordingRequest } from '../phones/contract.ts'
import { linkTo, readLink } from './link.ts'
import { afterCrm, afterLocate, expected, type Outcome } from './outcome.ts'

const words = { en: 'Recording of the call', cs: 'Nahrávka hovoru' } as const

/** What is kept sealed of a recording that is linked: its link, made once, so that it is not linked twice. */
const linkMark = 'link '

export interface Refer {
  how: 'copy' | 'link'
  crm: CrmWith<'referToRecording'>
  session: CrmSession
  written: Written
  locate(): Promise<RecordingRequest>
  /** as it is kept: the phone system's id of the recording, or the link that was made for it */
  kept: string
  /** where people reach this installation */
  url: string
  tries: number
  unknownWaitMs: number
}

/** The link of a recording, made at the first try and kept from then on. */
export function linkFor(
  organization: Organization,
  kept: string,
  of: { connectionId: string; call: Call },
): string {
  if (kept.startsWith(linkMark)) return kept
  const { connectionId, call } = of
  const extensions = extensionsOf(call)
  return `${linkMark}${linkTo(organization, { connectionId, recording: kept, extensions })}`
}

/** The phone system's id of the recording, whatever is kept of it. */
export function recordingIn(organization: Organization, kept: string): string {
  return kept.startsWith(linkMark) ? readLink(organization, kept.slice(linkMark.length)).recording : kept
}

/**
 * Refers the CRM to a recording: to where it fetches its own copy, at an address that is asked for now, handed on and
 * forgotten; or to an address of ours, behind which it is asked for at each click (BX-3). No audio passes through us.
 */
export async function refer(organization: Organization, what: Refer): Promise<Outcome> {
  const reference = await referenceFor(organization, what)
  if ('state' in reference) return reference
  try {
    await what.crm.referToRecording(what.session, what.written, reference)
    return { state: 'attached' }
  } catch (error) {
    return expected(error, (failure) => afterCrm(failure, what.tries, what.unknownWaitMs))
  }
}

async function referenceFor(organization: Organization, what: Refer): Promise<RecordingReference | Outcome> {
  if (what.how === 'link') {
    const url = `${what.url}/recordings/${what.kept.slice(linkMark.length)}`
    return { how: 'link', url, text: words[organization.language] }
  }
  try {
    const { url, headers } = await what.locate()
    // Whoever needs more than the address cannot be handed it: the CRM has nothing else.
    if (Object.keys(headers).length > 0) return { state: 'failed', why: 'phone-hands-out-nothing' }
    const ending = /\.wav(?:$|\?)/i.test(url) ? 'wav' : 'mp3'
    return { how: 'copy', url, fileName: `recording.${ending}` }
  } catch (error) {
    return expected(error, (failure) => afterLocate(failure, what.tries))
  }
}
