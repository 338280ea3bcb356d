import { Menu, NativeSelect, TagsInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { UserView } from '../../server/http/shapes.ts'
import { FailureNote, failureSentences, failureWords } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { type Translate, useLanguage } from '../languages/language.tsx'
import './people.css'
import { setExtensions, setSees, type UserList, usersQuery } from './users-query.ts'

/** Who has which extension: that is what brings a call to the right screen. */
export function PeopleSection() {
  const { t } = useLanguage()
  const users = useQuery(usersQuery)
  return (
    <section className="settings-part" aria-labelledby="people">
      <h2 id="people">{t('people.title')}</h2>
      <p className="quiet">{t('people.text')}</p>
      {users.isPending && <p role="status">{t('loading.people')}</p>}
      {users.isError && <FailureNote error={users.error} retry={() => void users.refetch()} />}
      {users.isSuccess && (
        <>
          <Unmapped list={users.data} />
          <ul className="people">
            {users.data.users.map((user) => (
              <Person key={user.id} user={user} users={users.data.users} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** Extensions that ring and belong to nobody, each to be given away in one choice. */
function Unmapped({ list }: { list: UserList }) {
  const { t } = useLanguage()
  const give = useSaving(({ user, extension }: { user: UserView; extension: string }) =>
    setExtensions(user.id, [...user.extensions, extension]),
  )
  if (list.unmapped.length === 0) return null
  return (
    <div className="unmapped">
      <p>{t('people.unmapped', { count: list.unmapped.length })}</p>
      {list.unmapped.map((extension) => (
        <Menu key={extension} position="bottom-start">
          <Menu.Target>
            <button type="button" className="chip" aria-label={t('people.give', { extension })}>
              <span className="figures">{extension}</span>
              <IconChevronDown size={14} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('people.give', { extension })}</Menu.Label>
            {list.users.map((user) => (
              <Menu.Item key={user.id} onClick={() => give.mutate({ user, extension })}>
                {user.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ))}
      {give.isError && (
        <p role="alert" className="trouble">
          {failureSentences(give.error, t)}
        </p>
      )}
    </div>
  )
}

function Person({ user, users }: { user: UserView; users: readonly UserView[] }) {
  const { t } = useLanguage()
  const sees = useSaving((value: UserView['sees']) => setSees(user.id, value))
  return (
    <li className="person">
      <div className="person-name">
        <strong>{user.name}</strong>
        <span className="quiet">
          {t(`role.${user.role}`)}
          {!user.signedIn && ` · ${t('people.not-signed-in')}`}
        </span>
      </div>
      {/* Drawn anew when the server has another list, for instance after an unmapped extension was given. */}
      <Extensions key={user.extensions.join(' ')} user={user} users={users} />
      <NativeSelect
        aria-label={t('people.sees.of', { name: user.name })}
        value={user.sees}
        error={sees.isError ? failureWords(sees.error, t).happened : undefined}
        onChange={(event) => sees.mutate(event.currentTarget.value === 'all' ? 'all' : 'own')}
        data={[
          { value: 'own', label: t('people.sees.own') },
          { value: 'all', label: t('people.sees.all') },
        ]}
      />
    </li>
  )
}

function Extensions({ user, users }: { user: UserView; users: readonly UserView[] }) {
  const { t } = useLanguage()
  const id = useId()
  const [list, setList] = useState(user.extensions)
  const save = useSaving((extensions: string[]) => setExtensions(user.id, extensions))
  const others = users.filter((other) => other.id !== user.id)
  const change = (extensions: string[]): void => {
    const clean = extensions.map((extension) => extension.trim()).filter((extension) => extension !== '')
    setList(clean)
    save.mutate(clean)
  }
  return (
    <TagsInput
      id={id}
      aria-label={t('people.extensions.of', { name: user.name })}
      placeholder={list.length === 0 ? t('people.extensions.none') : ''}
      value={list}
      onChange={change}
      splitChars={[',', ';', ' ']}
      acceptValueOnBlur
      comboboxProps={{ disabled: true }}
      error={save.isError ? extensionFailure(save.error, list, others, t) : undefined}
    />
  )
}

/** A conflict names the colleague who has the extension. */
function extensionFailure(
  error: unknown,
  wanted: readonly string[],
  others: readonly UserView[],
  t: Translate,
): string {
  if (error instanceof ApiFailure && error.refusal.code === 'conflict') {
    const other = others.find((user) => user.extensions.some((extension) => wanted.includes(extension)))
    return other === undefined ? t('people.taken') : t('people.taken-by', { name: other.name })
  }
  return failureWords(error, t).happened
}

function useSaving<Value>(save: (value: Value) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: save,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: usersQuery.queryKey })
      await queries.invalidateQueries({ queryKey: ['session'] })
    },
  })
}
