import { Component, h, type FunctionComponent, type RenderableProps } from 'preact'

/**
 * Draws the component again only when something that it is given is another object: readings keep the objects of what did
 * not change.
 */
export const memo = <P extends object>(draw: FunctionComponent<P>): FunctionComponent<P> => {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const names = new Set([...Object.keys(this.props), ...Object.keys(next)]) as Set<keyof P>
      return [...names].some((name) => !Object.is(this.props[name], next[name]))
    }
    override render(props: RenderableProps<P>) {
      return h(draw, props)
    }
  }
  return (props) => h(Memo, props)
}
