using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Modular.Patients.Addresses;
using Modular.Patients.AgreementForms;
using Modular.Patients.Agreements;
using Modular.Patients.Alerts;
using Modular.Patients.Cases;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Patients.Coverages;
using Modular.Patients.Disclosures;
using Modular.Patients.Documents;
using Modular.Patients.Duplicates;
using Modular.Patients.Messages;
using Modular.Patients.Minors;
using Modular.Patients.OutsideProviders;
using Modular.Patients.RecordRequests;
using Modular.Patients.Scans;
using Modular.Patients.PhoneMessages;
using Modular.Sdk;

namespace Modular.Patients;

public sealed class PatientsDb(ModuleDbContext<PatientsDb> context) : ModuleDb(context)
{
    public DbSet<Patient> Patients => Set<Patient>();
    public DbSet<ExternalId> ExternalIds => Set<ExternalId>();
    public DbSet<Payer> Payers => Set<Payer>();
    public DbSet<Coverage> Coverages => Set<Coverage>();
    public DbSet<Duplicate> Duplicates => Set<Duplicate>();
    public DbSet<PhoneMessage> PhoneMessages => Set<PhoneMessage>();
    public DbSet<Disclosure> Disclosures => Set<Disclosure>();
    public DbSet<RecordRequest> RecordRequests => Set<RecordRequest>();
    public DbSet<Case> Cases => Set<Case>();
    public DbSet<Document> Documents => Set<Document>();
    public DbSet<OutsideProvider> OutsideProviders => Set<OutsideProvider>();
    public DbSet<OtherAddress> Addresses => Set<OtherAddress>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<Alert> Alerts => Set<Alert>();
    public DbSet<AgeReview> AgeReviews => Set<AgeReview>();
    public DbSet<AgreementForm> AgreementForms => Set<AgreementForm>();
    public DbSet<Agreement> Agreements => Set<Agreement>();
    public DbSet<DocumentVersion> DocumentVersions => Set<DocumentVersion>();
    public DbSet<ChartOpening> ChartOpenings => Set<ChartOpening>();
    public DbSet<Scan> Scans => Set<Scan>();
    public DbSet<ScanFile> ScanFiles => Set<ScanFile>();
    public DbSet<ScanOpening> ScanOpenings => Set<ScanOpening>();
    public DbSet<ScanSighting> ScanSightings => Set<ScanSighting>();
    public DbSet<ScanRefusal> ScanRefusals => Set<ScanRefusal>();

    internal const string Merged = "merged";

    /// <summary>Patients of whom this context saved what a claim names, and nobody was told yet. See <see cref="Telling"/>.</summary>
    internal HashSet<Guid> NamedAnew { get; } = [];

    /// <summary>When a patient's version grew last, written by the database.</summary>
    public const string ChangedAt = nameof(ChangedAt);

    /// <summary>Lower case without accents, as the find columns are.</summary>
    public static string Plain(string text) => throw new NotSupportedException("Runs in the database.");

    protected override void Map(ModelBuilder model)
    {
        model.HasDbFunction(typeof(PatientsDb).GetMethod(nameof(Plain))!).HasSchema(Schema).HasName("plain");
        var patient = model.Entity<Patient>();
        patient.Property<DateTimeOffset?>(ChangedAt);
        patient.Property(p => p.FindNames).ValueGeneratedOnAddOrUpdate();
        patient.Property(p => p.FindNumbers).ValueGeneratedOnAddOrUpdate();
        patient.Property(p => p.SortName).ValueGeneratedOnAddOrUpdate();
        patient.Property(p => p.Confidential).HasColumnType("jsonb").ValueGeneratedOnAddOrUpdate();
        // A merged record is history: no list, search or form has it. Its row stays for the undo.
        patient.HasQueryFilter(Merged, p => p.MergedInto == null);
        // The database has the keys; the model needs them for the order of inserts.
        model.Entity<ExternalId>().HasOne<Patient>().WithMany().HasForeignKey(e => e.PatientId);
        model.Entity<Coverage>().HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId);
        model.Entity<Document>().HasOne<Patient>().WithMany().HasForeignKey(d => d.PatientId);
        model.Entity<DocumentVersion>().HasOne<Document>().WithMany().HasForeignKey(v => v.DocumentId);
        model.Entity<ChartOpening>().HasOne<Patient>().WithMany().HasForeignKey(o => o.PatientId);
        model.Entity<OtherAddress>().HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId);
        model.Entity<Contact>().HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId);
        model.Entity<Alert>().HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId);
        model.Entity<AgeReview>().HasOne<Patient>().WithMany().HasForeignKey(r => r.PatientId);
        model.Entity<Agreement>().HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId);
        model.Entity<Agreement>().HasOne(a => a.Form).WithMany().HasForeignKey(a => a.FormId);
        patient.HasOne<OutsideProvider>().WithMany().HasForeignKey(p => p.PrimaryCareId);
        patient.HasOne<OutsideProvider>().WithMany().HasForeignKey(p => p.ReferredById);
        model.Entity<PhoneMessage>().HasOne<Patient>().WithMany().HasForeignKey(s => s.PatientId);
        model.Entity<PhoneMessage>().HasSteps(m => m.Thread);
        model.Entity<RecordRequest>().HasOne<Patient>().WithMany().HasForeignKey(r => r.PatientId);
        model.Entity<Disclosure>().HasOne<Patient>().WithMany().HasForeignKey(d => d.PatientId);
        model.Entity<Disclosure>().HasOne<RecordRequest>().WithMany().HasForeignKey(d => d.RequestId);
        model.Entity<Case>().HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId);
        model.Entity<Coverage>().HasOne<Case>().WithMany().HasForeignKey(c => c.CaseId);
        MapScans(model);
        model.Entity<Coverage>().HasOne(c => c.Payer).WithMany().HasForeignKey(c => c.PayerId);
    }

    private static void MapScans(ModelBuilder model)
    {
        model.Entity<ScanPage>().ToTable("scan_pages").HasKey(p => new { p.ScanFileId, p.Number });
        model.Entity<ScanPage>().HasOne<ScanFile>().WithMany().HasForeignKey(p => p.ScanFileId);
        var scan = model.Entity<Scan>();
        scan.Ignore(s => s.Kept).Ignore(s => s.InOrder);
        scan.HasSteps(s => s.History);
        scan.HasMany(s => s.Pages).WithOne().HasForeignKey(p => p.ScanId);
        scan.HasOne<ScanFile>().WithMany().HasForeignKey(s => s.ScanFileId);
        scan.HasOne<Patient>().WithMany().HasForeignKey(s => s.PatientId);
        scan.HasOne<Document>().WithMany().HasForeignKey(s => s.DocumentId);
        model.Entity<ScanOpening>().HasKey(o => o.PersonId);
        model.Entity<ScanSighting>().HasKey(s => new { s.LocationId, s.Name });
    }

    /// <summary>The next numbers of the practice, in one round trip. A number that was taken and not used stays unused.</summary>
    public async Task<IReadOnlyList<string>> NextRecordNumbersAsync(int count, string prefix, CancellationToken ct)
    {
        var numbers = await Database.SqlQuery<long>($"select nextval('patients.record_numbers') as \"Value\" from generate_series(1, {count})").ToListAsync(ct);
        return [.. numbers.Order().Select(n => $"{prefix}{n}")];
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        NamedAnew.UnionWith(ChangeTracker.Entries<Patient>().Where(p => p.State == EntityState.Modified && InClaims.Any(name => Changes(p.Property(name))))
            .Select(p => p.Entity.Id));
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        static bool Changes(PropertyEntry property) => !Equals(property.OriginalValue, property.CurrentValue);
    }

    /// <summary>What a claim names of a patient who is the subscriber. The confidential address is another row.</summary>
    private static readonly string[] InClaims =
    [
        nameof(Patient.FirstName), nameof(Patient.MiddleName), nameof(Patient.LastName), nameof(Patient.Suffix), nameof(Patient.BirthDate), nameof(Patient.Sex),
        nameof(Patient.Address), nameof(Patient.Address2), nameof(Patient.City), nameof(Patient.State), nameof(Patient.Zip),
    ];

    /// <summary>Saves and tells the other modules of these patients in one transaction.</summary>
    public async Task SaveAndTellAsync(IMessageBus bus, IReadOnlyCollection<Patient> patients, DateOnly today, CancellationToken ct, bool bulk = false, IEnumerable<Func<object>>? also = null)
    {
        await using var write = await BeginWriteAsync(ct);
        await SaveChangesAsync(ct);
        await this.TellAsync(bus, patients, today, ct, bulk);
        foreach (var told in also ?? [])
        {
            await bus.PublishAsync(told(), new(Bulk: bulk));
        }

        await write.CommitAsync(ct);
    }

    protected override IReadOnlyDictionary<string, FieldError> Sentences => Refusals;

    private static readonly Dictionary<string, FieldError> Refusals = new()
    {
        ["addresses_one_of_a_kind"] = new("FromDate", "Another address of this kind holds on these days. End that one first."),
        ["agreement_forms_kind_title_edition_key"] = new("Edition", "This edition exists already; give the new wording another."),
        ["agreement_forms_signed"] = new("Body", "Patients signed this edition; its wording stays. Add a new edition for the new wording."),
        ["agreements_patient_id_form_id_signed_on_key"] = new("SignedOn", "This form was taken down for that day already."),
        ["contacts_one_guarantor"] = new("Guarantor", "Another guarantor pays on these days. End that one first, or let this one begin later."),
        ["coverages_one_per_rank"] = new("EffectiveFrom",
            "Another coverage of this rank runs on these days. End it before this one begins, or choose another rank."),
        ["external_ids_patient_id_kind_issuer_value_key"] = new("Value", "The patient has this number already."),
        ["outside_providers_npi_key"] = new("Npi", "Another doctor of the list has this NPI."),
        ["payers_lower_idx"] = new("Name", "A payer of this name is on the list already."),
    };
}
