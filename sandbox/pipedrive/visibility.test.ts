import { expect, it } from 'vitest'
import { Company, isVisible, type User } from './world.ts'

const who = {
  admin: false,
  active: true,
  name: '',
  email: '',
  locale: '',
  timezone: '',
  created: 0,
  modified: 0,
}
const language = { language_code: 'en', country_code: 'GB' }
function company(visibilityGroups: boolean, groups: string[]): { of: Company; users: User[] } {
  const plan = visibilityGroups ? 'Premium' : 'Lite'
  const of = new Company({
    id: 1,
    domain: 'acme',
    name: 'Acme',
    country: 'CZ',
    plan,
    seats: 3,
    visibilityGroups,
  })
  const users = groups.map((group, id): User => ({ ...who, id, language, group }))
  for (const user of users) of.users.set(user.id, user)
  return { of, users }
}

it('keeps a record to its owner, the owner’s group, its sub-groups, or nobody, as groups go', () => {
  const groups = ['sales', 'sales', 'sales/south', 'support', '', 'salesforce']
  const { of, users } = company(true, groups)
  const seeing = (visible_to: number) => users.map((user) => isVisible({ owner_id: 0, visible_to }, user, of))
  expect(seeing(1)).toEqual([true, false, false, false, false, false])
  expect(seeing(3)).toEqual([true, true, false, false, false, false])
  expect(seeing(5)).toEqual([true, true, true, false, false, false])
  expect(seeing(7)).toEqual([true, true, true, true, true, true])
  const admin = { ...(users[3] as User), admin: true }
  expect([1, 3, 5, 7].every((visible_to) => isVisible({ owner_id: 0, visible_to }, admin, of))).toBe(true)
})

it('keeps it to its owner or to nobody where there are no groups', () => {
  const { of, users } = company(false, ['sales', 'support'])
  const seeing = (visible_to: number) => users.map((user) => isVisible({ owner_id: 0, visible_to }, user, of))
  expect([1, 3].map(seeing)).toEqual([
    [true, false],
    [true, true],
  ])
})
