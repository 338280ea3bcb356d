import type { OwnParagraph } from '../privacy/own-paragraphs.ts'
import type { Language } from '../privacy/words/words.ts'
import { documentsPath } from './paths.ts'
import type { DocumentView } from './shapes.ts'

/** In which language documents are listed, with what has been added to them. */
export interface Asked {
  language: Language
  own: readonly OwnParagraph[]
}

/** Where versions are compared, as soon as there are two. */
export function compareView(
  document: 'policy' | 'record',
  language: Language,
  versions: readonly { version: string }[],
): Pick<DocumentView, 'compare'> {
  const names = new Set(versions.map(({ version }) => version))
  return names.size < 2 ? {} : { compare: `${documentsPath}/${document}/compare?lang=${language}` }
}

export function placeView(
  { document, place, heading }: Pick<OwnParagraph, 'document' | 'place'> & { heading: string },
  own: readonly OwnParagraph[],
): DocumentView['places'][number] {
  const found = own.find((one) => one.document === document && one.place === place)
  return { place, heading, texts: found?.texts ?? {} }
}
