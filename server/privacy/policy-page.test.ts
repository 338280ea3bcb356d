import { describe, expect, it } from 'vitest'
import { policyPage } from './policy-page.ts'
import type { PolicyVersion } from './policy-versions.ts'

const text = { title: 'Policy', about: { kind: '', name: '', facts: [] }, sections: [] }
const lines = { en: [], cs: [] }

function version(of: string, state: PolicyVersion['state'], day: string): PolicyVersion {
  const effectiveAt = new Date(`${day}T00:00:00Z`)
  const announcedAt = undefined
  return {
    ...{ version: of, state, effectiveAt, announcedAt, verdict: undefined },
    ...{ changes: lines, reasons: lines, approval: undefined },
  }
}

describe('the list of all versions', () => {
  it('links the version whose place another took for the same day', () => {
    const replacing = version('bbb', 'announced', '2026-07-01')
    const replaced = version('aaa', 'withdrawn', '2026-07-01')
    const page = policyPage({
      language: 'en',
      shown: { ...replacing, texts: { en: text, cs: text } },
      versions: [replacing, replaced, version('000', 'in force', '2026-01-01')],
      byVersion: true,
    })
    const list = /<ul class="versions">[\s\S]*?<\/ul>/.exec(page)?.[0]
    expect(list).toContain('/privacy/policy/aaa?')
    expect(list).not.toContain('/privacy/policy/bbb?')
    expect(list?.match(/shown here/g)).toHaveLength(1)
  })
})
