import { expect, test } from 'vitest'
import { feedUrl } from './feed-url.ts'

test.each([
  ['http://localhost:8080', 'ws://localhost:8080/api/v1/feed'],
  ['https://outcry.example/', 'wss://outcry.example/api/v1/feed'],
  ['https://example.org/outcry/', 'wss://example.org/outcry/api/v1/feed'],
  ['wss://outcry.example/api/v1/feed', 'wss://outcry.example/api/v1/feed'],
  ['http://localhost/#/issues/1', 'ws://localhost/api/v1/feed'],
])('%s is followed at %s', (given, address) => expect(feedUrl(given)).toBe(address))

test.each(['ftp://outcry.example', 'file:///tmp', 'outcry.example'])('%s is refused', (given) =>
  expect(() => feedUrl(given)).toThrow(TypeError),
)
