using Microsoft.EntityFrameworkCore;
using Modular.Billing.Codes;
using Modular.Sdk;

namespace Modular.Billing.Superbill;

/// <summary>Codes that are valid on a day: found by words, the provider's most used first, or known by what was typed.</summary>
public sealed class CodeFinder(BillingDb db)
{
    public static readonly string[] Services = ["hcpcs", "cpt"], Diagnoses = ["icd10cm"], Modifiers = ["modifier"];

    /// <summary>As the code sets keep it: no dot, no space, capitals.</summary>
    public static string Plain(string typed) => string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c != '.')).ToUpperInvariant();

    /// <summary>At most ten, by code or by words in any order; before anything is typed those that the provider used most.</summary>
    public async Task<List<BillingCode>> FindAsync(string[] systems, string? typed, Guid? provider, DateOnly day, CancellationToken ct)
    {
        var kind = systems == Diagnoses ? "diagnosis" : "service";
        var text = Reading.Clean(typed);
        var begins = LikePattern.Beginning(Plain(text ?? ""));
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6).Select(LikePattern.Containing).ToList();
        var found = from c in Valid(systems, day)
                    join u in db.CodeUses.Where(u => u.ProviderId == provider && u.System == kind) on c.Code equals u.Code into uses
                    from use in uses.DefaultIfEmpty()
                    select new { Code = c, Uses = use == null ? 0 : use.Uses };
        found = text is null ? found.Where(f => f.Uses > 0)
            : found.Where(f => EF.Functions.Like(f.Code.Code, begins, LikePattern.Escape)
                || words.All(w => EF.Functions.ILike(f.Code.Find + " " + f.Code.LongName, w, LikePattern.Escape)));
        return await found.OrderByDescending(f => EF.Functions.Like(f.Code.Code, begins, LikePattern.Escape)
            && text != null).ThenByDescending(f => f.Uses)
            .ThenBy(f => f.Code.Code).Take(10).Select(f => f.Code).ToListAsync(ct);
    }

    /// <summary>The codes among those typed that may be charged on the day, by code.</summary>
    public async Task<Dictionary<string, BillingCode>> KnownAsync(string[] systems, IEnumerable<string> codes, DateOnly day, CancellationToken ct)
    {
        var wanted = codes.Distinct().ToList();
        var known = await Valid(systems, day).Where(c => wanted.Contains(c.Code)).ToListAsync(ct);
        return known.GroupBy(c => c.Code).ToDictionary(g => g.Key, g => g.First());
    }

    private IQueryable<BillingCode> Valid(string[] systems, DateOnly day) => db.Codes.AsNoTracking()
        .Where(c => systems.Contains(c.System) && c.Billable && c.ValidFrom <= day && (c.ValidTo == null || c.ValidTo >= day));
}
