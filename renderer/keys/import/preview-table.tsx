import type { KeyDraft, ServiceView } from '../../../preload/contract.ts';
import { ExpiresCell } from '../cells/expires-cell.tsx';
import { GrantTags } from '../cells/grant-tags.tsx';
import { KindWord } from '../cells/kind-word.tsx';
import { TitlesContext } from '../titles-context.ts';
import { useGrantsWord } from '../use-grants-word.ts';
import { useServicesInView } from '../use-services-in-view.ts';
import classes from './import.module.css';

interface Props {
  readonly preview: readonly KeyDraft[];
  readonly service: ServiceView;
}

/** Keys as they would be issued. */
export function PreviewTable({ preview, service }: Props) {
  const { titles } = useServicesInView([service.slug], [service]);
  const grants = useGrantsWord(service.slug, [service]);
  const withIps = preview.some(({ allowedIps }) => allowedIps.length > 0);
  return (
    <TitlesContext value={titles}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} aria-label="Keys to issue" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Owner</th>
              <th scope="col">Kind</th>
              <th scope="col">{grants}</th>
              {withIps && <th scope="col">Allowed IPs</th>}
              <th scope="col">Expires</th>
            </tr>
          </thead>
          <tbody>
            {preview.map(draft => (
              <tr key={draft.name}>
                <th scope="row" className={classes.cut} title={draft.name}>
                  {draft.name}
                </th>
                <td className={classes.cut} title={draft.owner}>
                  {draft.owner === '' ? <span className={classes.dim}>None</span> : draft.owner}
                </td>
                <td>
                  <KindWord kind={draft.kind} />
                </td>
                <td>
                  <GrantTags keyView={{ ...draft, service: service.slug }} />
                </td>
                {withIps && (
                  <td className={classes.cut} title={draft.allowedIps.slice(0, 40).join(', ')}>
                    {draft.allowedIps.length === 0 ? (
                      <span className={classes.dim}>Every address</span>
                    ) : (
                      draft.allowedIps.join(', ')
                    )}
                  </td>
                )}
                <td>
                  <ExpiresCell keyView={draft} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </TitlesContext>
  );
}
