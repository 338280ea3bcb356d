import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { BackLink } from '../shell/back-link.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import { MapFormChoice, useMapForm } from './map-form.tsx'
import { servingPurpose } from './map-graph.ts'
import { MapLegend } from './map-legend.tsx'
import { MapList } from './map-list.tsx'
import { dataMapQuery } from './map-query.ts'
import { MapView } from './map-view.tsx'
import { purposeChoices } from './map-words.ts'
import './privacy.css'
import './map.css'

const route = getRouteApi('/shell/privacy/map')

/** From source through purpose to recipient: what is kept at all. The address holds the purpose and what was chosen. */
export function MapPage() {
  const { t, language } = useLanguage()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const whole = useQuery(dataMapQuery(language))
  const form = useMapForm()
  // An old address may name what there is no more.
  const purpose = whole.data?.purposes.find(({ id }) => id === search.purpose)?.id
  const map = useMemo(() => whole.data && servingPurpose(whole.data, purpose), [whole.data, purpose])
  const wish = (change: { purpose?: string | undefined; at?: string | undefined }): void => {
    const wished = { ...search, ...change }
    void navigate({
      search: {
        ...(wished.purpose ? { purpose: wished.purpose } : {}),
        ...(wished.at ? { at: wished.at } : {}),
      },
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <div className="page map-page">
      <PageTitle page={t('map.title')} />
      <BackLink to="/privacy">{t('room.privacy')}</BackLink>
      <header className="page-head">
        <h1>{t('map.title')}</h1>
      </header>
      <p className="quiet map-text">
        {t(whole.data?.scope === 'installation' ? 'map.text.installation' : 'map.text')}
      </p>
      {whole.isPending && <p role="status">{t('loading.page')}</p>}
      {whole.isError && <FailureNote error={whole.error} retry={() => void whole.refetch()} />}
      {whole.data && map && (
        <>
          <div className="map-tools">
            <NativeSelect
              label={t('map.purpose')}
              value={purpose ?? ''}
              data={purposeChoices(whole.data, t)}
              onChange={(event) => wish({ purpose: event.currentTarget.value, at: undefined })}
            />
            {form.mayChoose && <MapFormChoice form={form.form} choose={form.choose} />}
            {form.form === 'picture' && <MapLegend live={t('map.legend.live')} pale={t('map.legend.pale')} />}
          </div>
          {form.form === 'picture' ? (
            <MapView map={map} chosen={search.at} onChoose={(at) => wish({ at })} />
          ) : (
            <MapList map={map} />
          )}
        </>
      )}
    </div>
  )
}
