import { describe, expect, it } from 'vitest'
import { contactFrom, isShared, wirePerson } from './person.ts'
import { setUpFrom } from './person-fields.ts'

const mobileField = '9f1c2ad1b0c54f1e8b6f0c3b7a5d4e2f1a0b9c8d'
const cityField = 'aa1c2ad1b0c54f1e8b6f0c3b7a5d4e2f1a0b9c8d'
const fields = [
  { field_code: 'phone', field_type: 'phone', is_custom_field: false, options: null },
  { field_code: mobileField, field_type: 'phone', is_custom_field: true, options: null },
  { field_code: cityField, field_type: 'varchar', is_custom_field: true, options: null },
]
const visibility = (...ids: number[]) => ({
  field_code: 'visible_to',
  field_type: 'visible_to',
  is_custom_field: false,
  options: ids.map((id) => ({ id })),
})
const wire = {
  id: 8,
  name: 'Ada Lovelace',
  first_name: 'Ada',
  owner_id: 101,
  org_id: 5,
  add_time: '2024-07-01T05:46:33Z',
  update_time: '2024-07-01T11:29:32Z',
  emails: [{ value: 'ada@acme.example', primary: true }],
  phones: [
    { value: '020 7946 0123', primary: true, label: 'work' },
    { value: ' ', primary: false, label: 'home' },
  ],
  visible_to: 3,
  birthday: '1815-12-10',
  custom_fields: { [mobileField]: '+44 7700 900123', [cityField]: '12345678' },
}

describe('a person of Pipedrive', () => {
  const setUp = setUpFrom(fields)

  it('becomes a contact with only what the policy declares', () => {
    expect(contactFrom(wirePerson.parse(wire), setUp)).toEqual({
      externalId: '8',
      name: 'Ada Lovelace',
      companyExternalId: '5',
      ownerExternalId: '101',
      shared: true,
      numbers: ['020 7946 0123', '+44 7700 900123'],
      updatedAt: '2024-07-01T11:29:32.000Z',
    })
  })

  it('may lack almost everything', () => {
    const bare = { id: 8, name: null, org_id: null, phones: [], visible_to: 1, custom_fields: null }
    expect(contactFrom(wirePerson.parse(bare), setUp)).toEqual({
      externalId: '8',
      name: '',
      shared: false,
      numbers: [],
      updatedAt: '1970-01-01T00:00:00.000Z',
    })
  })

  it('is read from a webhook too, where custom fields name their type', () => {
    const hooked = {
      ...wire,
      visible_to: '7',
      custom_fields: {
        [mobileField]: { type: 'phone', value: '+44 7700 900123' },
        [cityField]: { type: 'varchar', value: '12345678' },
        set: { type: 'set', values: [{ id: 1 }] },
        empty: null,
      },
    }
    const contact = contactFrom(wirePerson.parse(hooked), undefined)
    expect(contact.numbers).toEqual(['020 7946 0123', '+44 7700 900123'])
    expect(contact.shared).toBe(true)
  })

  it('gives each number once', () => {
    const twice = { ...wire, custom_fields: { [mobileField]: '020 7946 0123' } }
    expect(contactFrom(wirePerson.parse(twice), setUp).numbers).toEqual(['020 7946 0123'])
  })
})

describe('who may see a record', () => {
  const without = setUpFrom([...fields, visibility(1, 3)])
  const groups = setUpFrom([...fields, visibility(1, 3, 5, 7)])
  const silent = setUpFrom(fields)

  it.each([
    [7, without, true],
    [7, groups, true],
    [7, undefined, true],
    ['7', groups, true],
    [3, without, true],
    ['3', without, true],
    [3, silent, true],
    // with groups, 3 is the owner's group and not the company
    [3, groups, false],
    ['3', groups, false],
    // before the company's fields were read nobody knows which it is
    [3, undefined, false],
    [5, groups, false],
    [1, without, false],
    [null, without, false],
    [undefined, without, false],
  ])('visible_to %j with %j: shared %s', (level, setUp, shared) => {
    expect(isShared(level, setUp)).toBe(shared)
  })
})
