import { Link } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { CallView } from '../../server/http/shapes.ts'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { clock } from '../time/duration.ts'
import { RunningClock } from '../time/times.tsx'
import { DialButton, dialKey } from './dial-button.tsx'
import { LogMark } from './log-mark.tsx'
import { DirectionMark, toneOf } from './marks.tsx'
import { Started } from './started.tsx'
import { useWindowedRows } from './windowed.ts'
import { callCompany, callTitle, numberWords, ourSide, outcomeKey } from './words.ts'

/** `wide` has all columns, `slim` the ones that matter beside an opened call, `phone` two lines per call. */
export type Shape = 'wide' | 'slim' | 'phone'
const rowHeights: Record<Shape, number> = { wide: 40, slim: 40, phone: 60 }

const columns: Record<Shape, readonly MessageKey[]> = {
  wide: [
    'column.time',
    'column.who',
    'column.line',
    'column.user',
    'column.length',
    'column.outcome',
    'column.logged',
  ],
  slim: ['column.time', 'column.who', 'column.outcome', 'column.logged'],
  phone: ['column.who', 'column.outcome'],
}

/** The journal as a table of which only the rows in view are drawn. */
export function JournalTable(props: {
  calls: readonly CallView[]
  open: string | undefined
  shape: Shape
  more: boolean
  onMore: () => void
}) {
  const { t } = useLanguage()
  const { calls, shape, more, onMore } = props
  const rowHeight = rowHeights[shape]
  const { ref, first, end } = useWindowedRows(rowHeight, calls.length)
  const nearEnd = end > calls.length - 40

  useEffect(() => {
    if (more && nearEnd) onMore()
  }, [more, nearEnd, onMore])

  // Another shape draws all rows anew: whoever stood on one goes on standing there.
  const stoodOn = useRef<string>(undefined)
  const stand = (id: string): void => {
    stoodOn.current = id
  }
  useLayoutEffect(() => {
    if (document.activeElement !== document.body || stoodOn.current === undefined) return
    const rows = document.querySelectorAll<HTMLElement>(`.table[data-shape="${shape}"] [data-row]`)
    for (const row of rows)
      if (row.getAttribute('href')?.includes(stoodOn.current)) row.focus({ preventScroll: true })
  }, [shape])

  return (
    <div className="table" data-shape={shape} ref={ref}>
      <table aria-label={t('room.calls')} aria-rowcount={more ? -1 : calls.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns[shape].map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={first} rowHeight={rowHeight} columns={columns[shape].length} />
          {calls.slice(first, end).map((call, index) => (
            <Row
              key={call.id}
              onStand={stand}
              call={call}
              shape={shape}
              index={first + index}
              open={call.id === props.open}
            />
          ))}
          <Space rows={calls.length - end} rowHeight={rowHeight} columns={columns[shape].length} />
        </tbody>
      </table>
    </div>
  )
}

/** Stands in for rows out of view. */
function Space(props: { rows: number; rowHeight: number; columns: number }) {
  if (props.rows <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the empty row holds nothing that takes focus
    <tr aria-hidden="true" className="table-space">
      <td colSpan={props.columns} style={{ height: props.rows * props.rowHeight }} />
    </tr>
  )
}

const cells = { wide: WideCells, slim: SlimCells, phone: PhoneCells }

interface RowProps {
  call: CallView
  shape: Shape
  index: number
  open: boolean
  onStand: (id: string) => void
}

function Row(props: RowProps) {
  const { call, shape, onStand } = props
  const Cells = cells[shape]
  return (
    <tr
      className="table-row"
      data-tone={toneOf(call)}
      data-open={props.open}
      aria-rowindex={props.index + 2}
      onFocus={() => onStand(call.id)}
    >
      <Cells call={call} open={props.open} />
    </tr>
  )
}

interface CellsProps {
  call: CallView
  open: boolean
}

function WideCells({ call, open }: CellsProps) {
  const { t } = useLanguage()
  return (
    <>
      <td className="quiet figures">
        <Started call={call} />
      </td>
      <td>
        <OpenCall call={call} open={open} dial />
      </td>
      <td className="quiet figures">{call.line === undefined ? '' : numberWords(call.line, t)}</td>
      <td>{ourSide(call, t)}</td>
      <td className="figures">
        <Length call={call} />
      </td>
      <td>
        <Outcome call={call} />
      </td>
      <td>
        <LogMark call={call} />
      </td>
    </>
  )
}

function SlimCells({ call, open }: CellsProps) {
  return (
    <>
      <td className="quiet figures">
        <Started call={call} />
      </td>
      <td>
        <OpenCall call={call} open={open} />
      </td>
      <td>
        <Outcome call={call} />
      </td>
      <td>
        <LogMark call={call} />
      </td>
    </>
  )
}

function PhoneCells({ call, open }: CellsProps) {
  const { t } = useLanguage()
  const who = ourSide(call, t)
  return (
    <>
      <td>
        <OpenCall call={call} open={open} />
        <span className="row-second quiet">
          <Started call={call} />
          {who !== '' && ` · ${who}`}
        </span>
      </td>
      <td>
        <Outcome call={call} />
        <span className="row-second">
          <LogMark call={call} />
        </span>
      </td>
    </>
  )
}

/** The way into a call: it stretches over the whole row, so that the row opens wherever it is pressed, but at `dial`. */
function OpenCall({ call, open, dial = false }: CellsProps & { dial?: boolean }) {
  const { t } = useLanguage()
  const company = callCompany(call)
  return (
    <span className="row-who">
      <DirectionMark call={call} />
      <Link
        to="/calls/$callId"
        params={{ callId: call.id }}
        search={true}
        className="row-link"
        data-row
        {...dialKey(call.remote)}
        aria-current={open ? 'true' : undefined}
        title={call.remote.e164}
      >
        {callTitle(call, t)}
      </Link>
      {company !== undefined && <span className="quiet row-company">{company}</span>}
      {dial && <DialButton number={call.remote} small />}
    </span>
  )
}

function Outcome({ call }: { call: CallView }) {
  const { t } = useLanguage()
  return (
    <span className="outcome" data-tone={toneOf(call)}>
      {t(outcomeKey(call))}
    </span>
  )
}

function Length({ call }: { call: CallView }) {
  if (call.state === 'answered') return <RunningClock since={call.answeredAt ?? call.startedAt} />
  return call.talkSeconds === undefined || call.talkSeconds === 0 ? null : clock(call.talkSeconds)
}
