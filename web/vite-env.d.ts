/// <reference types="vite/client" />

/** A catalogue as the build compiles it: message id to tokens, so that no message parser is shipped. */
declare module 'virtual:languages/*' {
  import type { CompiledMessage } from '@lingui/message-utils/compileMessage'

  const messages: Record<string, CompiledMessage>
  export default messages
}

declare module 'virtual:theme.css'
