import { describe, expect, it } from 'vitest'
import { inLanguage } from './policy-link.tsx'

describe('the way to the policy', () => {
  it('PD-10 leads to the reader’s language: the one of the app, or one that only the policy is in', () => {
    expect(inLanguage('/privacy/policy', 'cs', ['cs-CZ', 'en'])).toBe('/privacy/policy?lang=cs')
    expect(inLanguage('/privacy/policy?app=x', 'en', ['en-GB'])).toBe('/privacy/policy?app=x&lang=en')
    // chosen in the app, whatever the browser says
    expect(inLanguage('/privacy/policy', 'en', ['cs', 'en'])).toBe('/privacy/policy?lang=en')
    expect(inLanguage('/privacy/policy', 'cs', ['de'])).toBe('/privacy/policy?lang=cs')
    // the app has no German, the policy has
    expect(inLanguage('/privacy/policy?app=x', 'en', ['de-AT', 'en'])).toBe('/privacy/policy?app=x')
  })
})
