using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

public sealed class PersonSnapshot(PeopleDb db) : ISnapshot<PersonChanged>
{
    public Task<IReadOnlyList<SnapshotRow<PersonChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.People, after, take, person => person.Changed(), ct);
}
