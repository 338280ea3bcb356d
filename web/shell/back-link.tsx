import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** The way from a page to the room that it belongs to. */
export function BackLink({
  to,
  children,
}: {
  to: '/organizations' | '/privacy' | '/settings'
  children: ReactNode
}) {
  return (
    <Link to={to} className="back-link">
      <IconChevronLeft size={18} stroke={1.75} aria-hidden />
      {children}
    </Link>
  )
}
