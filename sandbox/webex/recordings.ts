import { createHash } from 'node:crypto'
import { mp3 } from '../sound.ts'
import type { Half, Stretch } from './half.ts'
import { numberOf, type Org, type Person } from './org.ts'
import { secondsOf } from './recorded.ts'

/** One file of a recorded call. Pauses are cut out; stopped and started again, a call has several. */
export type Recording = {
  /** UUID */
  id: string
  owner: Person
  half: Half
  stretch: Stretch
  seconds: number
  /** When the file was made, minutes after the call. */
  createdAt: number
  status: 'available' | 'deleted'
  /** Requests for the sound, whatever was answered. */
  asked: number
}

/** What somebody outside may want to compare. */
export type WebexRecordingFacts = {
  id: string
  callSessionId: string
  owner: string
  asked: number
  mp3: { bytes: number; sha256: string }
}

const longestSeconds = 5

export function soundOf(recording: Recording): Buffer {
  return mp3(Math.min(recording.seconds, longestSeconds), recording.id)
}

export function recordingFacts(recording: Recording): WebexRecordingFacts {
  const file = soundOf(recording)
  return {
    id: recording.id,
    callSessionId: recording.half.session,
    owner: recording.owner.extension,
    asked: recording.asked,
    mp3: { bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') },
  }
}

export function newRecording(half: Half, stretch: Stretch, made: { id: string; at: number }): Recording {
  return {
    id: made.id,
    owner: half.person,
    half,
    stretch,
    seconds: secondsOf(stretch),
    createdAt: made.at,
    status: 'available',
    asked: 0,
  }
}

/** @param zone IANA name of the zone the times are told in */
export function recordingView(recording: Recording, org: Org, zone: string) {
  const { owner, half } = recording
  return {
    id: recording.id,
    topic: `Call with ${half.remote.name ?? half.remote.number ?? 'Unknown'}`,
    createTime: zonedTime(recording.createdAt, zone),
    timeRecorded: zonedTime(recording.stretch.from, zone),
    ownerId: owner.uuid,
    ownerType: 'user',
    ownerEmail: owner.email,
    format: 'MP3',
    durationSeconds: recording.seconds,
    sizeBytes: soundOf(recording).length,
    serviceType: half.via?.kind === 'callQueue' ? 'customerAssist' : 'calling',
    storageRegion: org.settings.region === 'eu' ? 'DE' : 'US',
    status: recording.status,
    serviceData: { locationId: org.locationUuid, callSessionId: half.session },
  }
}

export function metadataView(recording: Recording, org: Org) {
  const { owner, half } = recording
  const mine = { actor: { type: 'USER', id: owner.uuid }, number: sip(numberOf(owner)) }
  const theirs = { number: sip(half.remote.number ?? 'anonymous') }
  const [calling, called] = half.personality === 'originator' ? [mine, theirs] : [theirs, mine]
  const answerer = half.personality === 'originator' ? theirs : mine
  return {
    id: recording.id,
    orgId: org.uuid,
    ownerId: owner.uuid,
    ownerType: 'USER',
    ownerName: owner.name,
    ownerEmail: owner.email,
    storageRegion: org.settings.region === 'eu' ? 'DE' : 'US',
    serviceType: 'calling',
    version: '1.2',
    serviceData: {
      callRecordingId: recording.id,
      locationId: org.locationUuid,
      callSessionId: half.session,
      personality: half.personality,
      callingParty: calling,
      calledParty: called,
      callId: `callhalf-${half.key}`,
      session: {
        startTime: zonedTime(recording.stretch.from, 'UTC'),
        stopTime: zonedTime(recording.stretch.to ?? recording.stretch.from, 'UTC'),
      },
      recordingType: org.settings.recording?.mode === 'always' ? 'alwaysON' : 'onDemand',
      recordingActions: [],
      answererInfo: answerer,
      connectedParty: theirs,
    },
  }
}

function sip(number: string): string {
  return `sip:${number}@calling.example;user=phone`
}

/** Whole seconds with the zone's offset, `Z` for UTC. Throws on an unknown zone. */
export function zonedTime(ms: number, zone: string): string {
  const whole = Math.floor(ms / 1000) * 1000
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    whole,
  )
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name) ?? []
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  const local = new Date(whole + offset * 60_000).toISOString().slice(0, 19)
  return offset === 0 ? `${local}Z` : `${local}${sign}${hours}:${minutes}`
}
