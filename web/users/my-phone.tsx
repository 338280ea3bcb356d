import { TagsInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MyExtensions } from '../../server/http/shapes.ts'
import { FailureNote, failureWords } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { useLanguage } from '../languages/language.tsx'
import './people.css'
import { MyTelephones } from './my-telephones.tsx'
import { myExtensionsQuery, setMyExtensions, usersQuery } from './users-query.ts'

/** Which phones are mine. One that rings and belongs to nobody is taken with one press. */
export function MyPhone() {
  const { t } = useLanguage()
  const mine = useQuery(myExtensionsQuery)
  return (
    <section className="settings-part" aria-labelledby="my-phone">
      <h2 id="my-phone">{t('my-phone.title')}</h2>
      <p className="quiet">{t('my-phone.text')}</p>
      <MyTelephones />
      {mine.isPending && <p role="status">{t('loading.people')}</p>}
      {mine.isError && <FailureNote error={mine.error} retry={() => void mine.refetch()} />}
      {/* Drawn anew when the server has another list. */}
      {mine.isSuccess && <Mine key={mine.data.extensions.join(' ')} mine={mine.data} />}
    </section>
  )
}

function Mine({ mine }: { mine: MyExtensions }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [list, setList] = useState(mine.extensions)
  const save = useMutation({
    mutationFn: (extensions: string[]) => setMyExtensions(extensions),
    onSuccess: async () => {
      for (const queryKey of [myExtensionsQuery.queryKey, usersQuery.queryKey, ['session']])
        await queries.invalidateQueries({ queryKey })
    },
  })
  const change = (extensions: string[]): void => {
    const clean = extensions.map((extension) => extension.trim()).filter((extension) => extension !== '')
    setList(clean)
    save.mutate(clean)
  }
  const taken = save.error instanceof ApiFailure && save.error.refusal.code === 'conflict'
  return (
    <div className="my-phone">
      <TagsInput
        aria-label={t('my-phone.extensions')}
        placeholder={list.length === 0 ? t('people.extensions.none') : ''}
        value={list}
        onChange={change}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        comboboxProps={{ disabled: true }}
        error={save.isError && (taken ? t('people.taken') : failureWords(save.error, t).happened)}
      />
      {mine.unmapped.length > 0 && (
        <div className="unmapped">
          <p>{t('people.unmapped', { count: mine.unmapped.length })}</p>
          {mine.unmapped.map((extension) => (
            <button
              key={extension}
              type="button"
              className="chip"
              onClick={() => change([...mine.extensions, extension])}
            >
              {t('my-phone.this', { extension })}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
