import type { App } from '../app.ts'
import { nowIn } from '../database/now.ts'
import { agreementFor, agreementsInForce } from '../privacy/agreement.ts'
import { agreementSectionsOf } from '../privacy/agreement-sections.ts'
import { policyHash, versionOf } from '../privacy/policy-content.ts'
import type { PolicyText } from '../privacy/policy-text.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { ownWords } from '../privacy/words/own-words.ts'
import { dayIn, pageWords } from '../privacy/words/page-words.ts'
import { recordWords } from '../privacy/words/record-words.ts'
import { documentPage } from './document-page.ts'
import { measureBlocks, measuresNow } from './measures.ts'
import { pageOf } from './paths.ts'
import { subProcessors } from './sub-processors.ts'

/** The text that companies agree to, as it was approved. */
export async function agreementPage(
  app: App,
  wished: DocumentLanguage,
): Promise<{ language: DocumentLanguage; html: string }> {
  const all = await agreementsInForce(app.policies)
  const agreement = agreementFor(all, wished)
  const { language } = agreement
  const inForce = await app.policies.read()
  const html = documentPage({
    language,
    languages: all.map((one) => one.language),
    title: documentWords[language].agreement,
    lines: [
      [
        pageWords[language].version(agreement.version),
        ...(inForce?.approval ? [ownWords[language].approvedOn(dayIn(language, inForce.approval.at))] : []),
      ].join(', '),
    ],
    sections: agreementSectionsOf(agreement),
    addressIn: pageOf('agreement'),
  })
  return { language, html }
}

export async function measuresPage(app: App, language: DocumentLanguage): Promise<string> {
  const { headings, sentences } = recordWords[language]
  const measures = await measuresNow(app, language)
  const { operator } = app.settings
  return documentPage({
    language,
    title: documentWords[language].measures,
    lines: [[operator.name, operator.contact].filter(Boolean).join(', ')].filter(Boolean),
    sections: [
      {
        id: 'measures',
        heading: headings.measures,
        blocks: [{ text: sentences.measures }, ...measureBlocks(measures, language)],
      },
    ],
    addressIn: pageOf('measures'),
  })
}

/**
 * The policy that this program has, before anybody approved it: for whoever is to approve it. With what companies will agree
 * to, because that is approved by the same signature.
 */
export async function policyDraftPage(app: App, language: DocumentLanguage): Promise<string> {
  const content = await app.policyHere()
  const { title, sections } = content.texts[language] ?? content.texts.en
  return documentPage({
    language,
    title,
    lines: [pageWords[language].version(versionOf(content)), `SHA-256 ${policyHash(content)}`],
    draft: true,
    sections: [...sections, ...agreementOf(content.agreement, language)],
    addressIn: pageOf('policy'),
  })
}

/** Its headings say whose they are: it stands behind another document. */
function agreementOf(
  agreement: Awaited<ReturnType<App['policyHere']>>['agreement'],
  language: DocumentLanguage,
): PolicyText['sections'] {
  const text = agreement?.[language] ?? agreement?.en
  if (!text) return []
  return agreementSectionsOf(text).map((section) => ({
    ...section,
    heading: section.heading === text.title ? section.heading : `${text.title}: ${section.heading}`,
  }))
}

/** For everybody. */
export async function subProcessorsPage(app: App, language: DocumentLanguage): Promise<string> {
  const { title, sections } = subProcessors(app, language)
  const { operator } = app.settings
  const today = await app.cluster.control.transaction(nowIn)
  return documentPage({
    language,
    title,
    lines: [
      ...(operator.name === undefined ? [] : [operator.name]),
      documentWords[language].made(dayIn(language, today)),
    ],
    sections,
    addressIn: (other) => `/privacy/sub-processors?lang=${other}`,
  })
}
