export function CatalogPage() {
  return <p>hi</p>;
}
