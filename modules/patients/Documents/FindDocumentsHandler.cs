using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;

namespace Modular.Patients.Documents;

/// <summary>Tells other modules which papers are in a chart.</summary>
public static class FindDocumentsHandler
{
    private const int Most = 200;

    public static async Task<DocumentsFound> Handle(FindDocuments query, PatientsDb db, CancellationToken ct)
    {
        var (from, categories) = (query.From, query.Categories);
        return new(await db.Documents.AsNoTracking()
            .Where(d => d.PatientId == query.PatientId && (from == null || d.Dated >= from) && (categories == null || categories.Contains(d.Category)))
            .OrderByDescending(d => d.Dated).ThenByDescending(d => d.Id).Take(Most)
            .Select(d => new DocumentOfPatient(d.Id, d.FileId, d.Category, d.Title, d.Dated, d.AddedAt)).ToListAsync(ct));
    }
}
