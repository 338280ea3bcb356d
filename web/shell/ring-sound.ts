const everyMs = 3000
const tones = [
  { at: 0, hertz: 660 },
  { at: 0.18, hertz: 880 },
]

/**
 * Two soft tones every three seconds until the returned function is called. A browser that has not seen a click on the
 * page yet stays silent; that is its right.
 */
export function startRinging(): () => void {
  const audio = new AudioContext()
  const ring = (): void => {
    for (const { at, hertz } of tones) {
      const start = audio.currentTime + at
      const tone = audio.createOscillator()
      const volume = audio.createGain()
      tone.frequency.value = hertz
      volume.gain.setValueAtTime(0, start)
      volume.gain.linearRampToValueAtTime(0.12, start + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35)
      tone.connect(volume).connect(audio.destination)
      tone.start(start)
      tone.stop(start + 0.4)
    }
  }
  ring()
  const timer = setInterval(ring, everyMs)
  return () => {
    clearInterval(timer)
    void audio.close()
  }
}
