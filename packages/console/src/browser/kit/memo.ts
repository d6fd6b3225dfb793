import { Component, h, type FunctionComponent, type RenderableProps } from 'preact'

/** Whether two values say the same; answers of the API are new objects at each reading. */
const same = (a: unknown, b: unknown): boolean => Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b)

/** Draws the component again only when what it is given says something else; what it is given must be data. */
export const memo = <P extends object>(draw: FunctionComponent<P>): FunctionComponent<P> => {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const names = new Set([...Object.keys(this.props), ...Object.keys(next)]) as Set<keyof P>
      return [...names].some((name) => !same(this.props[name], next[name]))
    }
    override render(props: RenderableProps<P>) {
      return h(draw, props)
    }
  }
  return (props) => h(Memo, props)
}
