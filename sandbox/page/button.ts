import { escapeHtml } from './html.ts'

/** A button that sends a command. `key` tells the same button again after the part was replaced. */
export function button(options: {
  label: string
  command: string
  input?: Record<string, unknown>
  done?: string
  quiet?: boolean
}): string {
  const input = JSON.stringify(options.input ?? {})
  const key = `${options.command} ${input}`
  return `<button type="button" data-key="${escapeHtml(key)}" data-command="${options.command}" data-input="${escapeHtml(input)}" data-done="${escapeHtml(options.done ?? 'Done.')}"${options.quiet === true ? ' class="quiet"' : ''}>${escapeHtml(options.label)}</button>`
}
