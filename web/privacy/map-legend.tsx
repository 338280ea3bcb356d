/** What whole and dashed lines mean. */
export function MapLegend({ live, pale }: { live: string; pale: string }) {
  return (
    <ul className="map-legend quiet">
      {[live, pale].map((text) => (
        <li key={text}>
          <svg width="28" height="8" aria-hidden="true">
            <path className="map-sample" d="M0 4H28" data-live={text === live} />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  )
}
