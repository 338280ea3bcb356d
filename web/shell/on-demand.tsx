import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { untilLoaded } from './until-loaded.ts'

interface ButtonProps {
  onPointerEnter(): void
  onFocus(): void
  onClick(): void
}

/**
 * A button until somebody wants what is behind it: floating parts are a tenth of the first view's script, and most people
 * never open one. What is loaded brings the same button along, and opens by itself.
 */
export function OnDemand<Props extends object>(demand: {
  load: () => Promise<{ default: ComponentType<Props> }>
  props: Props
  until: (button: ButtonProps) => ReactNode
}) {
  const [wanted, setWanted] = useState(false)
  const load = useRef(untilLoaded(demand.load))
  const [Part] = useState(() => lazy(load.current))
  const soon = () => void load.current()
  const button = demand.until({
    onPointerEnter: soon,
    onFocus: soon,
    onClick: () => setWanted(true),
  })
  if (!wanted) return button
  return (
    <Suspense fallback={button}>
      <KeepFocus>
        <Part {...demand.props} />
      </KeepFocus>
    </Suspense>
  )
}

/** The button that had the focus is another one now. */
function KeepFocus({ children }: { children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const button = place.current?.querySelector('button')
    if (document.activeElement === document.body) button?.focus()
  }, [])
  return (
    <span ref={place} className="on-demand">
      {children}
    </span>
  )
}
