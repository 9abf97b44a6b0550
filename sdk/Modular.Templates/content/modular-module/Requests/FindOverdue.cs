using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>The job of every morning.</summary>
[Message("newmodule.find-overdue.v1", OneHandler = true)]
public sealed record FindOverdue;

/// <summary>Marks what is overdue at its place, and tells of it. A second run finds nothing more to do.</summary>
public sealed class FindOverdueHandler(NewmoduleDb db, ISettings<NewmoduleSettings> settings, IPractice practice, TimeProvider clock)
{
    public async Task<OutgoingMessages> HandleAsync(FindOverdue message, CancellationToken ct)
    {
        var found = new List<Request>();
        foreach (var place in practice.Locations)
        {
            var (today, days) = (WallTime.Today(clock, place.Zone), (await settings.GetAsync(place.Id, ct)).OverdueAfterDays);
            var open = await db.Requests.Where(r => r.LocationId == place.Id && r.DoneOn == null && !r.Overdue).ToListAsync(ct);
            found.AddRange(open.Where(r => r.IsLate(today, days)));
        }

        found.ForEach(r => r.Overdue = true);
        await db.SaveChangesAsync(ct);
        var messages = new OutgoingMessages();
        found.ForEach(r => messages.Publish(r.State(), new(Key: r.Id.ToString())));
        return messages;
    }
}
