import { extensionWords } from './number-split.ts'
import { digitsOf } from './number-text.ts'

/** A typed number taken apart: what leads to the company, and what leads to the desk. */
export interface WithExtension {
  main: string
  extension: string | undefined
  /**
   * `marked`: "ext. 21", dialled after the connection. `direct`: "-21" or "Durchwahl 21", which in countries with numbers of
   * open length (Germany, Austria) is dialled as part of the number.
   */
  manner: 'none' | 'marked' | 'direct'
}

const marked = new RegExp(`(?<=[\\d)\\s.,;/-])(?:${extensionWords})[\\s.:=#]*(\\d{1,7})[\\s)#]*$`, 'iu')
const directWords = /(?:durchwahl|dwl|dw|klappe|nebenstelle|nst)[\s.:]*\d{1,5}[\s)]*$/iu
const pause = /(?:[,;]+|\s#)\s*(\d{1,7})#?$/

/** Takes an extension off the end of a plain text (see plainText) of one number. */
export function takeExtension(text: string): WithExtension {
  const announced = marked.exec(text) ?? pause.exec(text)
  const extension = announced?.[1]
  if (announced && extension !== undefined) {
    const main = text.slice(0, announced.index).replace(/[\s,;.(/-]+$/, '')
    if (digitsOf(main).length >= 5)
      return { main, extension, manner: directWords.test(text) ? 'direct' : 'marked' }
  }
  return directDial(text) ?? { main: text, extension: undefined, manner: 'none' }
}

/** "0049 30/123456-21" or "030-123456-21"; a hyphen that only groups ("202-555-0123", "(11) 96123-4567") is none. */
function directDial(text: string): WithExtension | undefined {
  const parts = behindLastHyphen(text)
  if (!parts) return undefined
  const group = /\d+$/.exec(parts.main)?.[0] ?? ''
  const hyphensBefore = parts.main.split('-').length - 1
  const groupsOnly = hyphensBefore > 1 || group.length < 4 || parts.extension.length > group.length - 2
  return groupsOnly || digitsOf(parts.main).length < 7 ? undefined : { ...parts, manner: 'direct' }
}

/** The digits behind the last hyphen, an extension in case the whole turns out to be no number: "777 111 222-21". */
export function behindLastHyphen(text: string): { main: string; extension: string } | undefined {
  const [, main, extension] = /^(.*\d)\s?-\s?(\d{1,5})$/.exec(text) ?? []
  return main === undefined || extension === undefined ? undefined : { main, extension }
}
