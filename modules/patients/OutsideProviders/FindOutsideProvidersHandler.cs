using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;

namespace Modular.Patients.OutsideProviders;

/// <summary>Tells other modules of doctors outside, who send patients here and to whom patients are sent.</summary>
public static class FindOutsideProvidersHandler
{
    private const int Most = 50;

    public static async Task<OutsideProvidersFound> Handle(FindOutsideProviders query, PatientsDb db, CancellationToken ct)
    {
        var providers = db.OutsideProviders.AsNoTracking();
        if (query.Ids is { } ids)
        {
            providers = providers.Where(p => ids.Contains(p.Id));
        }
        else
        {
            providers = providers.Where(p => p.Active);
            foreach (var word in (query.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                providers = providers.Where(p => p.Npi == word
                    || (" " + PatientsDb.Plain(p.Name + " " + (p.Organization ?? "") + " " + (p.Specialty ?? ""))).Contains(" " + PatientsDb.Plain(word)));
            }
        }

        return new(await providers.OrderBy(p => p.Name).ThenBy(p => p.Id).Take(Most)
            .Select(p => new OutsideProviderState(p.Id, p.Version, p.Name, p.Npi, p.Specialty, p.Organization, p.Phone, p.Fax, p.Email, p.Active)).ToListAsync(ct));
    }
}
