import {
  type Declaration,
  type DeclaredAdapter,
  joinAdapters,
  declarations as ours,
  terms,
} from '../../policy/index.ts'
import { loadAdapters } from '../adapters/load.ts'
import { type MadeAdapters, makeAdapters } from '../adapters/make.ts'
import type { Crm } from '../crms/contract.ts'
import { crmsOf } from '../crms/crms.ts'
import type { Cluster } from '../database/cluster.ts'
import { createEgress, type Egress } from '../egress/index.ts'
import { failed } from '../failure.ts'
import type { PhoneSystem } from '../phones/contract.ts'
import { phoneSystems } from '../phones/phone-systems.ts'
import type { Settings } from '../settings.ts'
import { fieldsHere } from './field-lists.ts'
import { missingElements } from './missing-elements.ts'
import { chosenIn, noticeOf } from './notice-of.ts'
import { type OwnParagraph, OwnParagraphs } from './own-paragraphs.ts'
import { currentPolicy, languagesOf, type PolicyContent } from './policy-content.ts'

export interface Vendors {
  phones: ReadonlyMap<string, PhoneSystem>
  crms: ReadonlyMap<string, Crm>
}

/** Ours, and those that adapters of others connect. */
export function vendorsOf(
  settings: Settings,
  egress: Egress,
  others: Pick<MadeAdapters, 'phones' | 'crms'>,
): Vendors {
  return {
    phones: new Map([...phoneSystems(settings, egress), ...others.phones]),
    crms: new Map([...crmsOf(settings, egress), ...others.crms]),
  }
}

/** What a program with these declarations says, with the operator, its paragraphs, and the services of the settings. */
export function contentOf(
  { operator, hosting, region }: Settings,
  { phones, crms }: Vendors,
  {
    declarations,
    adapters,
    own,
  }: {
    declarations: readonly Declaration[]
    adapters: readonly DeclaredAdapter[]
    own: readonly OwnParagraph[]
  },
): PolicyContent {
  const { backupDays } = terms
  const subject = {
    operator,
    hosting,
    region,
    backupDays,
    phones: [...phones.values()],
    crms: [...crms.values()],
    own,
  }
  const content = currentPolicy(subject, declarations, fieldsHere(adapters))
  expectElements(content)
  return content
}

/**
 * No notice is published that leaves out what Art. 13 and 14 GDPR ask for, in any language and for any app (L-13.1).
 * @throws RingfenceError `setting` with one sentence
 */
function expectElements(content: PolicyContent): void {
  const names = [undefined, ...(content.apps ?? []).map(({ id }) => id)]
  for (const language of languagesOf(content))
    for (const name of names) {
      const text = content.texts[language]
      const choice = chosenIn(content, name)
      const missing = text ? missingElements(choice ? noticeOf(text, choice) : text) : []
      if (missing.length > 0)
        failed({
          code: 'setting',
          name: 'policy/',
          sentence: `The notice ${name === undefined ? '' : `of ${name} `}in "${language}" does not say what the law asks for: ${missing.join('; ')}.`,
        })
    }
}

/** What the files of this program and its adapters declare. Asks nobody. */
export async function declarationsHere(settings: Settings): Promise<readonly Declaration[]> {
  return joinAdapters(ours, await loadAdapters(settings))
}

/** What the files of this program and its adapters say, with what the operator has added. Asks nobody else. */
export async function policyHere({
  settings,
  cluster,
}: {
  settings: Settings
  cluster: Pick<Cluster, 'control'>
}): Promise<{ content: PolicyContent; declarations: readonly Declaration[] }> {
  const own = await new OwnParagraphs(cluster).list()
  const adapters = await loadAdapters(settings)
  const declarations = joinAdapters(ours, adapters)
  const egress = createEgress({ declared: [], privateHosts: [] })
  const others = makeAdapters(adapters, settings)
  try {
    const vendors = vendorsOf(settings, egress, others)
    return { content: contentOf(settings, vendors, { declarations, adapters, own }), declarations }
  } finally {
    await others.close()
    await egress.close()
  }
}
