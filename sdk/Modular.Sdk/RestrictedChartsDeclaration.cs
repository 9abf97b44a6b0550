using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>Restricted charts, as the module that owns the patients declares them.</summary>
/// <param name="Sql">Rows of (patient, person, reason, until): see <see cref="ModuleBuilder.RestrictedCharts"/>.</param>
/// <param name="Permission">Who may open one by saying why.</param>
/// <param name="Unlock">Where they say it; <c>{id}</c> is the patient.</param>
/// <param name="Rows">Entities whose saves change the answer.</param>
public sealed record RestrictedChartsDeclaration(string Sql, string Permission, string Unlock, Type[] Rows);
