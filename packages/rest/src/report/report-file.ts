import type { FastifyReply } from 'fastify'

/** Headers of a file that is kept: its name holds nothing but what every system takes. */
export const asFile = (reply: FastifyReply, name: string, contentType: string): FastifyReply =>
  reply.headers({
    'content-type': contentType,
    'content-disposition': `attachment; filename="${name.replaceAll(/[^A-Za-z0-9._-]/g, '-').slice(0, 120)}"`,
  })
