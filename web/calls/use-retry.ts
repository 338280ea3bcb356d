import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../api/request.ts'

const paths = { entry: 'retry', recording: 'recording/retry' }

/** Asks for another try of a call's entry in the CRM, or of its recording. */
export function useRetry(id: string, of: keyof typeof paths) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => request<unknown>('POST', `/calls/${encodeURIComponent(id)}/${paths[of]}`, { body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['calls'] }),
  })
}
