using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core.Calendar;

/// <summary>Federal holidays and closed days of one year.</summary>
/// <param name="Closures">Those that are no federal holiday's.</param>
public sealed record YearCalendar(int Year, IReadOnlyList<HolidayLine> Holidays, IReadOnlyList<Closure> Closures, IReadOnlyList<Site> Sites)
{
    /// <summary>Of the whole practice, Monday to Friday.</summary>
    public required int BusinessDays { get; init; }

    public string Where(Closure closure) => Sites.FirstOrDefault(s => s.Id == closure.LocationId)?.Name ?? "Whole practice";

    public static async Task<YearCalendar> ReadAsync(CoreDb db, int year, CancellationToken ct)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var closures = await db.Closures.AsNoTracking().Where(c => c.FromDate <= last && c.ToDate >= first && (c.Active || c.Holiday != null))
            .OrderBy(c => c.FromDate).ToListAsync(ct);
        var decided = closures.Where(c => c.Holiday is not null).ToDictionary(c => (c.Holiday!, c.FromDate));
        var days = new BusinessDays(
            closures.Where(c => c.Active).Select(c => new ClosedDays(c.LocationId, c.FromDate, c.ToDate)),
            closures.Where(c => !c.Active).Select(c => c.FromDate));
        return new(
            year,
            [.. FederalHolidays.In(year).Select(h => new HolidayLine(h, decided.GetValueOrDefault((h.Key, h.ObservedOn))?.Active))],
            [.. closures.Where(c => c.Holiday is null)],
            await db.Sites.AsNoTracking().ToListAsync(ct))
        {
            BusinessDays = days.Between(first.AddDays(-1), last),
        };
    }
}

/// <param name="Closed">True where the practice is closed for it, false where it works; null while nobody has said.</param>
public sealed record HolidayLine(FederalHoliday Holiday, bool? Closed)
{
    public string State => Closed switch { true => "Closed", false => "Open", null => "Not decided" };
}
