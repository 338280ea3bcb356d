/** The caller hid the number. These words count even beside a number: whoever asks for privacy gets it (RFC 3323). */
const hiddenWords = new Set(
  `anonymous anonym anonyme anonymní anónny anonimo anónimo anonimowy anoniem restricted private privat privát privado withheld
  unterdrückt unterdrueckt skryté skryto skrytý masqué masque zastrzeżony blocked hidden nocallerid callerwithheld
  numberwithheld privatenumber unbekannteranrufer`.split(/\s+/),
)

/** The phone system knows no number. Beside a number it only means that no name is known. */
const unknownWords = new Set(
  `unknown unavailable notavailable unbekannt neznámé neznámý neznáme inconnu desconocido sconosciuto nieznany outofarea
  undefined null none nil na nan empty nocli noid unassigned asterisk o p`.split(/\s+/),
)

/** "ANONYMOUS" on a keypad; some networks send it in place of a hidden number. No number of Lesotho has nine digits. */
const anonymousOnKeypad = /^(?:\+|00)266696687$/

/** Whether this word says that the caller hid the number. */
export function saysHidden(text: string): boolean {
  return hiddenWords.has(lettersOf(text))
}

/** Whether this text stands where a number would and says that there is none. */
export function saysWithheld(text: string): boolean {
  const letters = lettersOf(text)
  if (/\d/.test(text)) return anonymousOnKeypad.test(text) || /^0{5,}$/.test(text)
  return letters === '' ? !/[*#]/.test(text) : hiddenWords.has(letters) || unknownWords.has(letters)
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\d]/gu, '')
}
