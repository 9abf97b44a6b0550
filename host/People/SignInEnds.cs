using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.People;

/// <summary>The instant has come at which somebody's sign-in ends.</summary>
[Message("core.sign-in-ends.v1", OneHandler = true)]
public sealed record SignInEnds(Guid PersonId, DateTimeOffset At);

public sealed class SignInEndsHandler(PeopleDb db, PeopleAdmin admin)
{
    public async Task HandleAsync(SignInEnds due, CancellationToken ct)
    {
        // Another instant may have taken its place.
        if (await db.People.FirstOrDefaultAsync(p => p.Id == due.PersonId && p.SignInEndsAt == due.At, ct) is { } person)
        {
            await admin.EndAtAsync(person, due.At, ct);
        }
    }
}
