using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>How many wait, on the home page.</summary>
public sealed class OpenRequests(NewmoduleDb db) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        var open = await db.Requests.CountAsync(r => r.DoneOn == null, ct);
        return open == 0 ? null : new(Said.Count(open), open == 1 ? "request is open" : "requests are open", "/newmodule");
    }
}
