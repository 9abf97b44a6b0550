using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>Who asks for a list, when and where: what a filter such as Mine or Overdue has to know.</summary>
/// <param name="Zone">Of the location chosen in the top bar, else the practice's.</param>
public sealed record ListAsk(Actor Actor, DateTimeOffset Now, string Zone)
{
    public Guid? Me => Actor.PersonId;

    /// <summary>Whoever asks in this request, at the location of the top bar; a program has none.</summary>
    internal static ListAsk Of(HttpContext http, bool program = false)
    {
        var services = http.RequestServices;
        var place = program ? null : services.GetRequiredService<ChosenLocation>().Location;
        return new(services.GetRequiredService<Actor>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), place?.Zone
            ?? services.GetRequiredService<IPractice>().Zone);
    }

    /// <summary>Today at the place.</summary>
    public DateOnly Today => DateOnly.FromDateTime(WallTime.At(Now, Zone).DateTime);
}
