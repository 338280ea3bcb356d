import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { setParagraph } from './documents-query.ts'

type Place = DocumentView['places'][number]

/** What whoever is signed in adds to a document, section by section and language by language. */
export function OwnParagraphs({ document }: { document: DocumentView }) {
  const { t } = useLanguage()
  const [at, setAt] = useState(document.places[0]?.place)
  const place = document.places.find((one) => one.place === at) ?? document.places[0]
  return (
    <details>
      <summary>{t('documents.own')}</summary>
      <div className="document-own">
        <p className="quiet">{t('documents.own.text')}</p>
        <NativeSelect
          label={t('documents.own.place')}
          value={place?.place ?? ''}
          data={document.places.map(({ place: value, heading, texts }) => ({
            value,
            label: Object.keys(texts).length > 0 ? t('documents.own.there', { heading }) : heading,
          }))}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        {place && <Texts key={place.place} document={document} place={place} />}
      </div>
    </details>
  )
}

function Texts({ document: { document, languages }, place }: { document: DocumentView; place: Place }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [texts, setTexts] = useState<Place['texts']>(place.texts)
  const save = useMutation({
    mutationFn: () => setParagraph({ document, place: place.place, texts }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['documents'] }),
  })
  const same = languages.every((one) => (texts[one] ?? '').trim() === (place.texts[one] ?? ''))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {languages.map((language) => (
        <Textarea
          key={language}
          label={t(`documents.own.${language}`)}
          lang={language}
          autosize
          minRows={2}
          maxLength={4_000}
          value={texts[language] ?? ''}
          onChange={(event) => {
            setTexts({ ...texts, [language]: event.currentTarget.value })
            save.reset()
          }}
        />
      ))}
      {save.isError && <FailureNote error={save.error} />}
      <div className="form-actions">
        {save.isSuccess && same && <span role="status">{t('documents.own.saved')}</span>}
        <Button type="submit" variant="default" size="xs" loading={save.isPending} disabled={same}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
