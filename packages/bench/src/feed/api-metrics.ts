/** What the API process says of itself; null where it does not answer. */
export type ApiMetrics = { residentMib: number; cpuSeconds: number; clients: number; closed: Record<string, number> }

const MIB = 1024 * 1024

const valueOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)

export const readApiMetrics = async (url: string, token: string): Promise<ApiMetrics | null> => {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } }).catch(() => null)
  if (!answer?.ok) return null
  const text = await answer.text()
  const closes = [...text.matchAll(/^outcry_feed_closed_total\{reason="(\w+)"\} (\d+)$/gm)]
  return {
    residentMib: valueOf(text, 'process_resident_memory_bytes') / MIB,
    cpuSeconds: valueOf(text, 'process_cpu_seconds_total'),
    clients: valueOf(text, 'outcry_feed_clients'),
    closed: Object.fromEntries(closes.map(([, reason = '', count]) => [reason, Number(count)])),
  }
}
